package io.eventagents.test;

import io.eventagents.DependencyUnavailable;
import io.eventagents.Event;
import io.eventagents.RejectedEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** An agent that behaves in every way, depending on the amount. */
final class Invoicing implements Function<Event<Invoicing.Trigger>, List<Invoicing.Result>> {

  sealed interface Trigger permits OrderPlaced, OrderCancelled {}

  sealed interface Result permits InvoiceIssued, InvoiceVoided {}

  private final Set<String> known = new HashSet<>();

  @Override
  public List<Result> apply(Event<Trigger> event) {
    return switch (event.data()) {
      case OrderPlaced placed -> issue(placed);
      case OrderCancelled cancelled -> List.of(new InvoiceVoided(cancelled.orderId()));
    };
  }

  private List<Result> issue(OrderPlaced placed) {
    if (placed.amount() < 0) {
      throw new RejectedEvent("the amount is negative");
    }
    if (placed.amount() == 13) {
      throw new IllegalStateException("bad luck");
    }
    if (placed.amount() == 503) {
      throw new DependencyUnavailable("tax office", Duration.ofMinutes(1), null);
    }
    if (!known.add(placed.orderId())) {
      return List.of();
    }
    int parts = placed.amount() > 1000 ? 2 : 1;
    return parts == 1
        ? List.of(invoice(placed, 1, placed.amount()))
        : List.of(invoice(placed, 1, 1000), invoice(placed, 2, placed.amount() - 1000));
  }

  private static InvoiceIssued invoice(OrderPlaced placed, int part, int amount) {
    return new InvoiceIssued("invoice-" + placed.orderId() + "-" + part, placed.orderId(), amount);
  }
}
