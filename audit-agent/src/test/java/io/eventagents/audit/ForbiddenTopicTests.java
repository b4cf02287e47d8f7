package io.eventagents.audit;

import static io.eventagents.audit.GuardedAudit.USER;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** A topic of events that the audit may see but not read. */
@Timeout(240)
class ForbiddenTopicTests {

  @TempDir private Path directory;

  @Test
  void isNamedWhileAllOthersAreLoggedAndIsLoggedOnceItMayBeRead() throws Exception {
    try (GuardedAudit servers = new GuardedAudit(directory.resolve("log"), "forbidden_topic")) {
      servers.create("parcel-events");
      try (ConfigurableApplicationContext audit = servers.start()) {
        servers.send("parcel-events", "first");
        servers.awaitLogged("first");
        servers.kafka().deny(USER, TOPIC, "secret-events", READ);
        servers.create("secret-events");
        servers.send("secret-events", "secret");

        await()
            .atMost(GuardedAudit.PATIENCE)
            .untilAsserted(
                () -> {
                  assertThat(agents(audit).getDetails().toString())
                      .contains("audit-log", "may_not_read", "secret-events");
                  assertThat(agents(audit).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
                });
        servers.send("parcel-events", "second");
        servers.create("later-events");
        servers.send("later-events", "third");
        servers.awaitLogged("second", "third");
        assertThat(servers.log()).doesNotContain("\"secret\"");

        servers.kafka().denyNoMore(USER, TOPIC, "secret-events", READ);

        servers.awaitLogged("secret");
        await()
            .atMost(GuardedAudit.PATIENCE)
            .untilAsserted(() -> assertThat(agents(audit).getStatus()).isEqualTo(Status.UP));
        assertThat(servers.log()).doesNotContain("\"gap\"");
      }
    }
  }

  private static Health agents(ConfigurableApplicationContext audit) {
    Health health = audit.getBean("agentsHealthIndicator", HealthIndicator.class).health(true);
    assertThat(health).isNotNull();
    return health;
  }
}
