package io.eventagents.test;

import io.eventagents.EntityKey;
import io.eventagents.EventType;

/** An event that invoicing owns. */
@EventType("invoice.issued")
record InvoiceIssued(@EntityKey String invoiceId, String orderId, int amount)
    implements Invoicing.Result {}
