/* A change of several products: only the field that belongs to it stands there. */
for (const form of document.querySelectorAll("form.bulk")) {
  const show = () => {
    const what = form.elements.what.value;
    for (const field of form.querySelectorAll("[data-for]")) {
      field.hidden = !field.dataset.for.split(" ").includes(what);
    }
  };
  form.addEventListener("change", (event) => {
    if (event.target.name !== "step") {
      // What was counted is no longer what would be done.
      form.querySelector(".counted")?.remove();
      form.querySelector('button[value="do"]')?.remove();
    }
    show();
  });
  show();
}

/* A photo from the clipboard goes where a file would. */
const pasted = document.querySelector('form.find input[type="file"]');
if (pasted) {
  document.addEventListener("paste", (event) => {
    const file = [...(event.clipboardData?.files ?? [])].find((one) => one.type.startsWith("image/"));
    if (!file) return;
    const kept = new DataTransfer();
    kept.items.add(file);
    pasted.files = kept.files;
    pasted.form.submit();
  });
  pasted.addEventListener("change", () => pasted.form.submit());
}
