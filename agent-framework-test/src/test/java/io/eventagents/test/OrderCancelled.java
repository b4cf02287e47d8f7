package io.eventagents.test;

import io.eventagents.EventType;

/** Ends an order. */
@EventType("order.cancelled")
record OrderCancelled(String orderId) implements Invoicing.Trigger {}
