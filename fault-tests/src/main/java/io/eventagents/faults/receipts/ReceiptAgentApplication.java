package io.eventagents.faults.receipts;

import io.eventagents.Event;
import io.eventagents.EventType;
import io.eventagents.faults.ledger.LedgerConfiguration;
import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Issues a receipt for every task that is created or completed, and also runs the ledger. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(LedgerConfiguration.class)
public class ReceiptAgentApplication {

  sealed interface Receivable {

    String taskId();
  }

  @EventType("task.created")
  record TaskCreated(String taskId, String title) implements Receivable {}

  @EventType("task.completed")
  record TaskCompleted(String taskId) implements Receivable {}

  @EventType("receipt.issued")
  record ReceiptIssued(String taskId) {}

  /** Starts the application. Settings can be passed as {@code --name=value}. */
  public static void main(String[] arguments) {
    SpringApplication.run(ReceiptAgentApplication.class, arguments);
  }

  @Bean
  Function<Event<Receivable>, ReceiptIssued> receiptAgent() {
    return event -> new ReceiptIssued(event.data().taskId());
  }
}
