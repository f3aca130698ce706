"""A shop teaches: its own heads from people's corrections, its own classes from a few examples.

`vectors` reads stored embeddings in chunks, `words` gathers what people said, `heads` trains and
judges, `answering` lets a head answer in the stock head's place, `own` makes classes and `scores`
writes how probable each product is of one.
"""
