package io.eventagents.test;

import io.eventagents.EventType;

/** Keeps the key of its cause. */
@EventType("invoice.voided")
record InvoiceVoided(String orderId) implements Invoicing.Result {}
