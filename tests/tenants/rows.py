"""One row of every tenant table, for tests that look at all of them."""

import uuid
from datetime import timedelta

from django.apps import apps
from django.utils import timezone

from analytics.models import (
    CatalogMap,
    DaySum,
    Event,
    InsightMail,
    MapPlace,
    MapSearch,
    PhotoDay,
    SearchDetail,
    TagDay,
    Visit,
)
from billing.models import LedgerDay, LedgerEntry
from catalog.models import (
    BrandRule,
    ColumnMapping,
    Feed,
    FeedPage,
    HeldFile,
    ImportChange,
    ImportChunk,
    ImportProblem,
    ImportRun,
    NotAlike,
    OwnClass,
    OwnExample,
    OwnScore,
    Photo,
    PhotoChoice,
    Posting,
    Product,
    ProductFacet,
    ProductSeen,
    RetagPreview,
    ReviewDecision,
    ReviewThreshold,
    ShopHead,
    ShopTerm,
    Tag,
    TermEdit,
    VocabularyTerm,
)
from recommender.models import (
    Arm,
    CoCount,
    Experiment,
    KeptPhoto,
    Look,
    LookItem,
    QualityRun,
    QueryMemory,
    ResultList,
    Rule,
)
from tenants.base import TenantModel
from tenants.models import (
    AuditEntry,
    GuestGrant,
    GuestVisit,
    Shop,
    ShopExport,
    StoredReply,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
)
from tenants.scope import shop_scope
from tests.factories import REVISION, make_garment, make_photo, make_product


def tenant_models() -> list[type[TenantModel]]:
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


def fill(shop: Shop, *, secret: str = "") -> None:
    """Every tenant table gets a row of `shop`; `secret` stands in each text that a page shows."""
    word = secret or "plain"
    product = make_product(shop, title=f"Title {word}", brand=f"Brand {word}", sku=f"SKU-{word}")
    photo = make_photo(product, state=Photo.State.DONE, revision=REVISION)
    make_garment(photo)
    with shop_scope(shop):
        Photo.objects.create(
            product=product, position=1, state=Photo.State.FAILED, reason="empty", detail=word
        )
        Tag.objects.create(product=product, kind="category", value="t-shirt", source="model")
        run = ImportRun.objects.create(
            kind="csv", filename=f"{word}.csv", state=ImportRun.State.DONE, bad=1
        )
        ImportChange.objects.create(
            run=run, product_id=product.pk, sku=product.sku, action=ImportChange.Action.CREATED
        )
        ImportChunk.objects.create(
            run=run,
            at=timezone.now(),
            product_ids=[product.pk],
            skus=[product.sku],
            photo_ids=[photo.pk],
        )
        _feeds(word)
        ImportProblem.objects.create(run=run, row=1, code="price", message=f"Message {word}")
        AuditEntry.objects.create(action="add", object_type="x", object_id="1", title=word)
        LedgerEntry.objects.create(kind="photo", reference=f"ref-{word}")
        LedgerDay.objects.create(kind="photo", day=timezone.localdate(), quantity=1)
        _leaving(word)
        StoredReply.objects.create(key=word, fingerprint="0", leased_until=timezone.now())
        _finding(product, word)
        _teaching(product, word)
        _reviews(photo, word)
        Event.objects.create(type="search", search_id=uuid.uuid4(), sku=f"SKU-{word}")
        Visit.objects.create(session="0" * 64, type="view", product=product)
        _counted(word)
        _mapped(product)


def _counted(word: str) -> None:
    """A row of each table that searches are counted in, in the scope that is open."""
    SearchDetail.objects.create(
        search_id=uuid.uuid4(), kind="words", text=word, results=0, good=False, milliseconds=1
    )
    DaySum.objects.create(day=timezone.localdate(), dimension="pattern", value=word, searches=1)
    today = timezone.localdate()
    PhotoDay.objects.create(day=today, products=1, photos=2, tagged=1, failed=1, mark=word)
    TagDay.objects.create(day=today, kind="pattern", model=1)
    InsightMail.objects.create(user=None, period="daily", language="en")


def _mapped(product: Product) -> None:
    """A row of each table that the map stands in, in the scope that is open."""
    CatalogMap.objects.create(revision=REVISION, unit=1.0, products=1)
    MapPlace.objects.create(product=product, garment_id=0, x=0.0, y=0.0, laid=True)
    MapSearch.objects.create(
        search_id=uuid.uuid4(), at=timezone.now(), x=0.0, y=0.0, product_id=product.pk, far=True
    )


def _reviews(photo: Photo, word: str) -> None:
    """A row of each table that people's answers stand in, in the scope that is open."""
    product_id = photo.product_id
    ReviewDecision.objects.create(product_id=product_id, kind="pattern", value=word)
    ReviewThreshold.objects.create(kind="pattern", precision=0.9)
    ProductSeen.objects.create(product_id=product_id, seen=1)
    PhotoChoice.objects.create(photo=photo, box=[0, 0, 1, 1], region="upper", digest="0" * 64)
    BrandRule.objects.create(brand=f"Brand {word}", region="upper")
    RetagPreview.objects.create(live=word[:20], coming="coming", products=1, total=1)


def _leaving(word: str) -> None:
    """A row of each table about help, webhooks and leaving, in the scope that is open."""
    past = timezone.now() - timedelta(days=1)
    ShopExport.objects.create(detail=word, state="failed")
    grant = GuestGrant.objects.create(by_email=f"{word}@example.com", reason=word, until=past)
    GuestVisit.objects.create(grant=grant, operator_email=f"staff-{word}@example.com")
    endpoint = WebhookEndpoint.objects.create(url=f"https://{word}.example/hook", secret="sealed")
    message = WebhookMessage.objects.create(type="test", data={"word": word})
    WebhookDelivery.objects.create(message=message, endpoint=endpoint, state="failed", answer=word)


def _feeds(word: str) -> None:
    """A row of each table that files and addresses are remembered in."""
    feed = Feed.objects.create(name=f"Feed {word}", url=f"https://{word}.example/feed.xml")
    FeedPage.objects.create(
        feed=feed, kind="page", url=f"https://{word}.example/p", digest="0" * 64, crawl=1
    )
    ColumnMapping.objects.create(fingerprint="0" * 64, filename=f"{word}.csv", kind="csv")
    HeldFile.objects.create(kind="csv", filename=f"{word}.csv", feed=feed)


def _finding(product: Product, word: str) -> None:
    """A row of each table that searching keeps, in the scope that is open."""
    later = timezone.now() + timedelta(minutes=30)
    other = Product.objects.create(sku=f"SKU-{word}-2", title=f"Other {word}", currency="KRW")
    NotAlike.objects.create(first=product, second=other)
    ProductFacet.objects.create(product=product, kind="brand", value=f"Brand {word}")
    Posting.objects.create(product=product, term=word, frequency=1.0, length=1.0)
    VocabularyTerm.objects.create(term=word, products=1)
    QueryMemory.objects.create(
        image_id=uuid.uuid4(),
        digest="0" * 64,
        revision=REVISION,
        width=100,
        height=100,
        found=True,
        garments=[],
        embeddings=b"",
        expires_at=later,
    )
    KeptPhoto.objects.create(
        image_id=uuid.uuid4(),
        search_id=uuid.uuid4(),
        width=100,
        height=100,
        category="dress",
        expires_at=later,
    )
    ResultList.objects.create(asked="0" * 64, rows=[], expires_at=later)
    CoCount.objects.create(first=product, second=other, views=1)
    look = Look.objects.create(slug="look", title=f"Look {word}")
    LookItem.objects.create(look=look, product=product, description=f"Piece {word}")
    Rule.objects.create(name=f"Rule {word}", action="hide", skus=[f"SKU-{word}"])
    experiment = Experiment.objects.create(name=f"Experiment {word}", salt="salt")
    Arm.objects.create(experiment=experiment, arm="a", visitor="0" * 64)
    QualityRun.objects.create(revision=REVISION)


def _teaching(product: Product, word: str) -> None:
    """A row of each table that a shop's own words, values and heads stand in."""
    term = ShopTerm.objects.create(kind="own", value="own-word", en=f"Own {word}", ko=word)
    TermEdit.objects.create(kind="own", value="own-word", after={"en": word})
    own = OwnClass.objects.create(term=term)
    OwnExample.objects.create(own=own, product=product)
    OwnScore.objects.create(own=own, product=product, probability=0.5)
    ShopHead.objects.create(
        kind="pattern", version=1, revision=REVISION, values=[], weights=b"", rows=0
    )
