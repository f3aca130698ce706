"""The migrations of the version before: what came after them is checked, and they are not."""

RELEASED = {
    "analytics": "0007_maps",
    "billing": "0004_provider_work",
    "catalog": "0013_import_chunks",
    "recommender": "0002_keptphoto",
    "tenants": "0009_sign",
}
"""Each app's last migration in the last release. After a release, put that one's here."""
