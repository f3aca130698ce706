"""The manifests, by the rules of kubeconform and of the cluster's `restricted` standard."""

from typing import Any

import pytest

from lookus.cli import COMMANDS
from tests.docker.files import DOCKER, manifests, read, variables

VERSIONS = {
    "Namespace": "v1",
    "ConfigMap": "v1",
    "Service": "v1",
    "Deployment": "apps/v1",
    "Job": "batch/v1",
    "Ingress": "networking.k8s.io/v1",
    "PodDisruptionBudget": "policy/v1",
    "HorizontalPodAutoscaler": "autoscaling/v2",
    "ScaledObject": "keda.sh/v1alpha1",
}
POD_KEYS = {
    *("serviceAccountName", "automountServiceAccountToken", "securityContext", "containers"),
    *("volumes", "restartPolicy", "terminationGracePeriodSeconds", "topologySpreadConstraints"),
}
CONTAINER_KEYS = {
    *("name", "image", "args", "ports", "env", "envFrom", "startupProbe", "livenessProbe"),
    *("readinessProbe", "lifecycle", "resources", "securityContext", "volumeMounts"),
}
PROBE_KEYS = {
    *("httpGet", "exec", "periodSeconds", "timeoutSeconds", "failureThreshold"),
    "initialDelaySeconds",
}
OBJECTS = manifests()
PODS = {
    one["metadata"]["name"]: one["spec"]["template"]
    for one in OBJECTS
    if "template" in one.get("spec", {})
}
"""Pod templates by the name of what makes them."""


def of_kind(kind: str) -> dict[str, dict[str, Any]]:
    return {one["metadata"]["name"]: one for one in OBJECTS if one["kind"] == kind}


def test_each_object_has_its_version_its_namespace_and_a_name_of_its_own() -> None:
    for one in OBJECTS:
        assert one["apiVersion"] == VERSIONS[one["kind"]]
        assert set(one) <= {"apiVersion", "kind", "metadata", "spec", "data"}
        if one["kind"] != "Namespace":
            assert one["metadata"]["namespace"] == "lookus"
    names = [(one["kind"], one["metadata"]["name"]) for one in OBJECTS]
    assert len(set(names)) == len(names)
    listed = read("kubernetes/kustomization.yaml")["resources"]
    files = {path.name for path in (DOCKER / "kubernetes").glob("*.yaml")}
    assert {*listed, "kustomization.yaml"} == files


def test_selectors_meet_their_pods() -> None:
    for name, one in of_kind("Deployment").items():
        wanted = one["spec"]["selector"]["matchLabels"]
        assert wanted.items() <= PODS[name]["metadata"]["labels"].items()
    for one in of_kind("Service").values():
        met = [n for n, pod in PODS.items() if _meets(one["spec"]["selector"], pod)]
        assert met == ["web"]
        ports = {port["name"] for port in PODS["web"]["spec"]["containers"][0]["ports"]}
        assert {port["targetPort"] for port in one["spec"]["ports"]} <= ports
    for one in of_kind("PodDisruptionBudget").values():
        assert any(_meets(one["spec"]["selector"]["matchLabels"], pod) for pod in PODS.values())


def _meets(selector: dict[str, str], pod: dict[str, Any]) -> bool:
    return selector.items() <= pod["metadata"]["labels"].items()


@pytest.mark.parametrize("name", PODS)
def test_a_pod_is_restricted_sized_and_known(name: str) -> None:
    spec = PODS[name]["spec"]
    assert set(spec) <= POD_KEYS
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["runAsUser"] > 0
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert spec["automountServiceAccountToken"] is False
    (container,) = spec["containers"]
    assert set(container) <= CONTAINER_KEYS
    held = container["securityContext"]
    assert held["allowPrivilegeEscalation"] is False
    assert held["readOnlyRootFilesystem"] is True
    assert held["capabilities"] == {"drop": ["ALL"]}
    assert {"cpu", "memory"} <= set(container["resources"]["requests"])
    assert "memory" in container["resources"]["limits"]
    assert container["args"][0] in COMMANDS
    mounted = {mount["name"] for mount in container["volumeMounts"]}
    assert mounted == {volume["name"] for volume in spec["volumes"]}
    ports = {port["name"] for port in container.get("ports", ())}
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        told = container.get(probe, {})
        assert set(told) <= PROBE_KEYS
        assert "httpGet" not in told or told["httpGet"]["port"] in ports


def test_a_database_that_is_away_restarts_nobody() -> None:
    container = PODS["web"]["spec"]["containers"][0]
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"


def test_every_variable_is_one_that_is_read_and_no_secret_is_told() -> None:
    told = set(of_kind("ConfigMap")["lookus"]["data"])
    for pod in PODS.values():
        told |= {one["name"] for one in pod["spec"]["containers"][0].get("env", ())}
    assert told <= variables(), told - variables()
    assert not [name for name in told if name.endswith(("_KEY", "_PASSWORD", "_TOKEN"))]
    values = of_kind("ConfigMap")["lookus"]["data"].values()
    assert all(isinstance(value, str) for value in values)


def test_only_who_needs_it_has_the_owners_role() -> None:
    having = {
        name
        for name, pod in PODS.items()
        for one in pod["spec"]["containers"][0]["envFrom"]
        if one.get("secretRef", {}).get("name") == "lookus-owner"
    }
    assert having == {"migrate", "worker"}


def test_workers_grow_with_the_queues_age_and_the_clock_stays_one() -> None:
    scaled = of_kind("ScaledObject")["worker"]["spec"]
    assert scaled["scaleTargetRef"] == {"kind": "Deployment", "name": "worker"}
    (trigger,) = scaled["triggers"]
    assert trigger["metricType"] == "Value"
    assert "lookus_queue_age_seconds" in trigger["metadata"]["query"]
    assert 1 <= scaled["minReplicaCount"] < scaled["maxReplicaCount"]
    assert "replicas" not in of_kind("Deployment")["worker"]["spec"], "the autoscaler's to say"
    clock = of_kind("Deployment")["clock"]["spec"]
    assert (clock["replicas"], clock["strategy"]) == (1, {"type": "Recreate"})
    web = of_kind("HorizontalPodAutoscaler")["web"]["spec"]
    assert web["scaleTargetRef"]["name"] in of_kind("Deployment")
