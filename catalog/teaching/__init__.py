"""Small models on stored embeddings, in plain numpy: no network is touched, and no Django.

`softmax` fits a regularised multinomial logistic regression, `head` makes a shop's own head of
people's words beside the stock head's, `judging` says whether it is better, `few` makes a class of
a handful of examples.
"""
