"""The sentences that imports, feeds and fetching say of a fault, so that they can be translated.

Rows and logs keep them in English, with what they are about: `fault_words` finds the sentence again
and says it in the reader's language. `why` is a sentence too.
"""

from django.utils.translation import gettext_noop as _

OF_FILES = (
    _("The file is empty: there is no line in it."),
    _("The file is empty."),
    _("The address gives an empty file."),
    _("The file is empty or too large."),
    _("The file is gone: upload it again."),
    _("The file has no columns to be told of."),
    _("The file has %(size)s MB, at most %(most)s MB."),
    _("The worker ended again and again at this place."),
    _("The worker ended again and again while it was at this."),
    _("These are not the column names of Cafe24's file."),
    _("These are not the column names of Shopify's CSV."),
    _("None of the pages holds a product."),
    _("Line %(line)s holds no product of a page."),
    _("Line %(line)s names no columns: %(why)s"),
    _(
        "Line %(line)s holds no column names that we know: the first line must name the columns, as"
        " %(columns)s."
    ),
    _(
        "Line %(line)s is neither UTF-8 nor CP949: save the file as “CSV UTF-8” and upload it"
        " again."
    ),
    _(
        "The file says that it is %(encoding)s, but line %(line)s is not: save it as “CSV UTF-8”"
        " and upload it again."
    ),
    _("There is no column %(names)s. The file has: %(columns)s."),
    _("The XML names an encoding that nobody knows: %(encoding)s."),
    _(
        "This is a web page (HTML) and no feed: perhaps a login page, or one that says that there"
        " is nothing here. Open the address in a private window to see it."
    ),
    _("The XML declares a document type or entities, which are not read: leave out <!DOCTYPE …>."),
    _("This is a sitemap and no feed: add its address under Feeds."),
    _("This is a sitemap: add the address anew, as the pages of a site."),
    _(
        "The XML has no <item> or <entry>: it begins with <%(name)s>. A feed of Google Merchant is"
        " RSS 2.0 or Atom."
    ),
    _("%(why)s Products read before it: %(count)s."),
    _("Line %(line)s: more than %(most)s tags in each other."),
    _("Line %(line)s is not in the encoding that the XML names: save it as UTF-8."),
    _("The XML breaks off in line %(line)s: it was not written or sent to its end."),
    _("Line %(line)s, sign %(sign)s: the XML cannot be read any further (%(detail)s)."),
    _("The file is no ZIP, or was cut off: pack it again and upload it."),
    _("The ZIP holds %(count)s files, at most %(most)s."),
    _("The ZIP unpacks to far more than photos do: pack the photos anew."),
)
OF_ROWS = (
    _("There is a sale price and no price."),
    _("The row names neither a SKU nor a photo."),
    _(
        "Title is empty: the first row of %(handle)s must have it, and its further rows follow that"
        " one."
    ),
    _("%(name)s is empty."),
    _("“%(said)s” is no web address."),
    _("%(name)s has %(count)s characters, at most %(most)s are kept."),
    _("%(name)s has more than %(most)s characters."),
    _("The prices are in two currencies."),
    _("The sale price is above the price."),
    _("“%(said)s” says neither yes nor no: write yes, no or a number."),
    _("The category names “%(step)s” below itself: write each step of its path once."),
    _("“%(said)s” is no price: write 39000 or 39.90"),
    _("“%(said)s” is less than nothing"),
    _("“%(said)s” is more than a price can be"),
    _("“%(said)s” is no currency: write its code, as KRW or USD"),
    _("“%(said)s” has more places behind the point than the currency's %(digits)s"),
    _("SKU %(sku)s stands in row %(row)s too: that row counts."),
    _(
        "The row has %(count)s cells and the header %(width)s: is a quote missing around a cell"
        " with a separator in it?"
    ),
    _("A cell is longer than %(most)s characters: is a closing quote missing?"),
    _("The line is longer than %(most)s characters."),
    _("The item has %(count)s fields, at most %(most)s."),
    _("The product %(handle)s has more than %(most)s rows."),
    _(
        "“%(said)s” is a name and no address: say on the page of the columns what your shop's"
        " address is."
    ),
    _("There is no photo “%(name)s” beside the table."),
    _("Could not be kept: %(detail)s"),
    _("Two files have this name: the first counts."),
    _("Neither a photo (JPEG, PNG, WebP, HEIC, AVIF) nor products.csv."),
    _("The name leads out of the ZIP: pack the files without their path."),
    _("A link, and no file: pack what it leads to."),
    _("Locked with a password: pack it without one."),
    _("An archive inside the ZIP: unpack it first."),
    _("Unpacks to %(times)s times its size, as no photo does."),
    _("The file has %(size)s MB, at most %(most)s."),
    _("The file in the ZIP is damaged."),
    _("The file is packed in a way we cannot read."),
    _("A link that leads out of the folder."),
    _("Cannot be read: %(detail)s."),
    _(
        "The plan %(plan)s has room for %(most)s products in a shop. Choose a larger plan, or"
        " delete some first."
    ),
)
OF_FEEDS = (
    _("The packed feed unpacks to far too much."),
    _("The packed feed is damaged or cut off."),
    _("Nobody has said yet what the columns of this file mean."),
    _("The file is the same as before: %(why)s"),
    _("This is a web page and no feed, and the site has no sitemap that names its pages."),
    _("The site has no sitemap with pages."),
    _("None of the %(count)s pages looked at carries a schema.org Product."),
    _("None of the %(count)s pages carries a schema.org Product."),
    _("No page could be read: %(why)s"),
    _("%(pages)s pages, %(failed)s failed"),
    _("The site's robots.txt does not allow %(url)s."),
    _("robots.txt does not allow it."),
    _("The address gives no sitemap: neither XML nor a list of addresses."),
    _("The XML is no sitemap: it begins with <%(name)s>."),
    _("The XML declares entities or a document type, or is a web page."),
    _("The sitemap cannot be read any further: %(detail)s"),
    _("The sitemap has %(most)s addresses or more: the rest is left out."),
    _("The packed sitemap is damaged."),
    _("%(count)s addresses of other sites, or too many."),
    _("A shop has at most %(most)s feeds."),
    _("There is a feed of this address already."),
)
OF_ADDRESSES = (
    _("%(url)s: a redirect that leads nowhere"),
    _("%(url)s: a redirect that leads to another site"),
    _("%(url)s: more than %(most)s redirects"),
    _("%(url)s: no answer within %(seconds)s seconds"),
    _("%(url)s: the server answered %(status)s"),
    _("%(url)s: the file came compressed though asked for as it is"),
    _("%(url)s: larger than %(most)s MB"),
    _("%(url)s: there is no host %(host)s"),
    _("%(url)s: %(host)s is an address of a private network"),
    _("%(url)s: a name of a private network"),
    _("%(url)s: a private address"),
    _("%(url)s: longer than %(most)s characters"),
    _("%(url)s: not a readable address"),
    _("%(url)s: must begin with http:// or https://"),
    _("%(url)s: must not carry a user name or password"),
    _("%(url)s: names no host"),
    _("%(url)s: port %(port)s is not allowed, only 80 and 443"),
    _("%(url)s: the server's certificate is not valid for this name"),
    _("%(url)s: the server refused the connection"),
    _("%(url)s: the connection broke in the middle"),
    _("%(url)s: the server could not be reached"),
)
SENTENCES = (*OF_FILES, *OF_ROWS, *OF_FEEDS, *OF_ADDRESSES)
