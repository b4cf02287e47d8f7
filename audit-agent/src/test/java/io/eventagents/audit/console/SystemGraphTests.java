package io.eventagents.audit.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SystemGraphTests {

  @Test
  void drawsNoLineOverALabel() {
    String svg =
        new SystemGraph(
                Set.of("calls", "mail", "tasks"),
                List.of(
                    new SystemGraph.Edge("calls", "tasks", Map.of("task.requested", 1L)),
                    new SystemGraph.Edge("calls", "mail", Map.of("mail.requested", 1L)),
                    new SystemGraph.Edge("tasks", "mail", Map.of("task.created", 2L))))
            .draw();

    assertThat(svg.indexOf("task.requested</text>"))
        .isGreaterThan(svg.lastIndexOf("marker-end"))
        .isPositive();
  }
}
