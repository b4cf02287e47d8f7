package io.eventagents.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.audit.log.AuditLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A log that loses lines to another program while nobody publishes anything. */
@Timeout(240)
class QuietLogTests {

  @TempDir private Path directory;

  @Test
  void getsThemAgainFromTheBrokerWithoutANewRecord() throws Exception {
    try (GuardedAudit servers = new GuardedAudit(directory.resolve("log"), "quiet_log")) {
      servers.create("parcel-events");
      servers.create("letter-events");
      try (ConfigurableApplicationContext audit = servers.start()) {
        servers.send("letter-events", "first");
        servers.awaitLogged("first");
        Path file = servers.file();
        byte[] older = Files.readAllBytes(file);
        servers.send("parcel-events", "second");
        servers.send("letter-events", "third");
        servers.awaitLogged("second", "third");

        Path other = directory.resolve("other");
        Files.writeString(other, new String(older, UTF_8) + "\"by hand\"\n");
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);

        servers.awaitLogged("by hand", "first", "second", "third");
        await()
            .atMost(GuardedAudit.PATIENCE)
            .untilAsserted(
                () -> assertThat(audit.getBean(AuditLog.class).foreignChange()).isEmpty());
        assertThat(servers.log()).doesNotContain("\"gap\"").containsOnlyOnce("first");
      }
    }
  }
}
