# ruff: noqa: E501
"""The words of the model card that no run can know: sets, licences, recipe, limits."""

SETS = """\
| set | photos | what it is | licence as found |
|---|---|---|---|
| `phone` | 4,400 | people's own photos of single garments (`alexeygrigorev/clothing-dataset`) | CC0 1.0 |
| `hm` | 11,692 | catalogue flat-lays with product texts | none; published for a competition, treat as research use |
| `myntra` | 23,703 | catalogue photos, many worn by models | none at the copy; MIT where it was first published, as remembered and not checked |
| `ccp` | 905 | street photos of whole outfits with a class for every pixel | Apache-2.0; the photos are of third parties |
| `textures` | 240 | close-ups, used as grounds for pasted cut-outs | none |

The renderer's own garments (4,000 drawn photos, exact labels and masks) are learned from as well.

Both networks start from MobileNetV2 1.0 trained on ImageNet (`google-coral/test_data`,
`tf2_mobilenet_v2_1.0_224_ptq.tflite`, Apache-2.0, dequantized from per-channel int8).

No licence is stated for `hm` and `textures`, and the one of `myntra` is unchecked: a shop whose
lawyers object should not use this bundle in production."""

RECIPE = """\
- **Parser**: MobileNetV2 with a feature pyramid down to stride 4. Learns from the street masks, from
  flat-lays cut out by their plain border, and from those cut-outs (some dyed, some on a ground of
  their own colour) pasted on floors, beds, streets and textiles with shadow, blur, cast and noise.
  Loss: weighted cross-entropy plus soft foreground IoU; people in catalogue photos only teach that
  they are not the ground. A second run adds phone photos: masks from the first parser, class from
  the set's label.
- **Tagger**: MobileNetV2, its top pooled beside strides 8 and 16, one linear layer a head and a
  256-d unit embedding. Crops come from the parser's boxes, moved, turned, recoloured, with the
  ground kept, or replaced by white or the garment's mean colour; a third of the catalogue photos are
  pasted on a messy ground. A label may allow several values (a `Longsleeve` is one of four
  categories); the loss is the probability of the allowed ones. The embedding learns by supervised
  contrast of a design's photos against a memory of 8,192.
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
