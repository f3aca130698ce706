"""An invoice that was issued stays as it was: the database refuses what would change it.

Of those that LookUs numbers itself; what another provider numbers is its own, and copied.
"""

KEEP_INVOICES = """
CREATE FUNCTION billing_invoice_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'draft' OR OLD.provider <> 'manual' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'invoice % was issued: make it void instead', OLD.number
      USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.number, NEW.year, NEW.sequence, NEW.provider, NEW.currency, NEW.subtotal, NEW.tax,
      NEW.tax_percent, NEW.total, NEW.seller, NEW.bill_to, NEW.period_start, NEW.period_end,
      NEW.issued_at)
     IS DISTINCT FROM
     (OLD.number, OLD.year, OLD.sequence, OLD.provider, OLD.currency, OLD.subtotal, OLD.tax,
      OLD.tax_percent, OLD.total, OLD.seller, OLD.bill_to, OLD.period_start, OLD.period_end,
      OLD.issued_at)
     OR NEW.state = 'draft' THEN
    RAISE EXCEPTION 'invoice % was issued: make it void and issue another', OLD.number
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER invoice_keep BEFORE UPDATE OR DELETE ON billing_invoice
  FOR EACH ROW EXECUTE FUNCTION billing_invoice_keep();

CREATE FUNCTION billing_invoiceline_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  line billing_invoiceline := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
BEGIN
  IF EXISTS (SELECT FROM billing_invoice
             WHERE id = line.invoice_id AND state <> 'draft' AND provider = 'manual') THEN
    RAISE EXCEPTION 'the invoice of this line was issued: make it void and issue another'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER invoiceline_keep BEFORE INSERT OR UPDATE OR DELETE ON billing_invoiceline
  FOR EACH ROW EXECUTE FUNCTION billing_invoiceline_keep();
"""

KEEP_INVOICES_NOT = """
DROP TRIGGER invoiceline_keep ON billing_invoiceline;
DROP FUNCTION billing_invoiceline_keep();
DROP TRIGGER invoice_keep ON billing_invoice;
DROP FUNCTION billing_invoice_keep();
"""
