# ruff: noqa: E501
"""The words of the model card that no run can know: sets, licences, recipe, limits."""

SETS = {
    "phone": (
        "4,400",
        "people's own photos of single garments (`alexeygrigorev/clothing-dataset`)",
        "CC0 1.0",
    ),
    "hm": (
        "11,692",
        "catalogue flat-lays with product texts",
        "none; published for a competition, treat as research use",
    ),
    "myntra": (
        "23,703",
        "catalogue photos, many worn by models",
        "none at the copy; MIT where it was first published, as remembered and not checked",
    ),
    "ccp": (
        "905",
        "street photos of whole outfits with a class for every pixel",
        "Apache-2.0; the photos are of third parties",
    ),
    "textures": ("240", "close-ups, used as grounds for pasted cut-outs", "none"),
}

BACKBONE = """\
The renderer's own garments (exact labels and masks) are learned from as well.

Both networks start from MobileNetV2 1.0 trained on ImageNet (`google-coral/test_data`,
`tf2_mobilenet_v2_1.0_224_ptq.tflite`, Apache-2.0, dequantized from per-channel int8)."""

LICENCES = {
    "all": """\
No licence is stated for `hm` and `textures`, and the one of `myntra` is unchecked: a shop whose
lawyers object should use the bundle `open`.""",
    "free": """\
Nothing else was learned from: every photo above is free to use for any purpose. What is said below
of other photos was done with these and the drawn ones alone.""",
}


def sets_table(names: tuple[str, ...]) -> str:
    """The sets with their licences, as Markdown."""
    rows = [f"| `{name}` | {' | '.join(SETS[name])} |" for name in names]
    return "\n".join(["| set | photos | what it is | licence as found |", "|---" * 4 + "|", *rows])


RECIPE = """\
- **Parser**: MobileNetV2 with a feature pyramid down to stride 4. Learns from the street masks, from
  flat-lays cut out by their plain border, and from those cut-outs (some dyed, some on a ground of
  their own colour) pasted on floors, beds, streets and textiles with shadow, blur, cast and noise;
  from drawn pages, faces, places and things that hold no garment at all; and from phone photos with
  an earlier parser's masks and the class of the set's label. Loss: weighted cross-entropy plus soft
  foreground IoU; people in catalogue photos only teach that they are not the ground.
- **Tagger**: MobileNetV2, its top pooled beside strides 8 and 16, one linear layer a head and a
  256-d unit embedding. Crops come from the parser's boxes, moved, turned, recoloured, with the
  ground kept, or replaced by white or the garment's mean colour; a third of the catalogue photos are
  pasted on a messy ground. A label may allow several values (a `Longsleeve` is one of four
  categories); the loss is the probability of the allowed ones. The words of product texts and the
  shops' own kinds are learned beside the heads and left out of the bundle.
- **Pattern**: an output of its own reads a square of the garment's cloth from close by and is weighed
  against the whole garment. Plain garments dressed anew in drawn stripes, checks, dots and prints,
  with their own folds, give examples of the rare patterns. Stripes count together first, all-over
  prints too, their kind second.
- **Embedding**: supervised contrast against a memory of 8,192, of a design's photos and, nearer
  still, of one photo's clean and messy crops.
- AdamW, one cosine, growing sizes, averaged weights; temperature and threshold a head from groups
  that neither training nor test saw; a threshold of 1 means that no 95 % precision was reached and
  the head is always unsure.
- Splits by sender (`phone`), design (`hm`), product name (`myntra`) and photo (`ccp`), by hash."""

LIMITS = """\
- Styles beyond casual, sports, formal and ethnic have few examples; `romantic` and `classic` none.
- Floral and animal prints are seldom told apart from other prints in the labels learned from.
- Most of what was learned is women's wear of one European chain and Indian catalogue photos.
- Two long garments are mixed up most: trousers with leggings, jackets with shirts and sweaters.
  Waistcoats, jumpsuits, heels and scarves are rare in what was learned and often missed.
- On people in the street the parser finds the clothes, but often names their layer wrongly.
- Patterns finer than about two pixels of the crop are not seen.
- Season and gender repeat how shops file a product; they are no facts about it."""
