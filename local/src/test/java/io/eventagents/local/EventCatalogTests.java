package io.eventagents.local;

import io.eventagents.test.catalog.CatalogFiles;
import io.eventagents.test.catalog.EventCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The events of all applications: what they publish, and whether their readers can read it. */
class EventCatalogTests {

  private static final CatalogFiles FILES =
      CatalogFiles.in(
          repository().resolve("docs/events"),
          "./mvnw -Pcatalog -pl local -am test",
          "-Dcatalog.allow=");

  private static final EventCatalog CATALOG =
      EventCatalog.of(
          AllApplications.class,
          "spring.mail.host=localhost",
          "notification.slack.webhook-url=http://localhost/",
          "orchestrator.follow-ups[0].after=task.created",
          "orchestrator.follow-ups[0].expect=notification.sent",
          "orchestrator.follow-ups[0].within=30s",
          "notification.receipts.postmark.username=postmark");

  @Test
  void noAgentIsMissing() {
    CATALOG.verifyComplete("io.eventagents");
  }

  @Test
  void everyReaderFitsWhatIsPublished() {
    CATALOG.verifyReaders();
  }

  @Test
  void publishedCatalogMatchesTheCode() {
    if (Boolean.getBoolean("catalog.write")) {
      FILES.write(CATALOG, allowed());
    }
    FILES.verify(CATALOG);
  }

  private static Set<String> allowed() {
    return Stream.of(System.getProperty("catalog.allow", "").split(","))
        .map(String::strip)
        .filter(type -> !type.isEmpty())
        .collect(Collectors.toSet());
  }

  /** The root of the repository, whatever folder in it the tests run in. */
  private static Path repository() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("docs/events.md"))) {
        return folder;
      }
    }
    throw new IllegalStateException("No docs/events.md in " + start + " or above it");
  }

  @EnableAutoConfiguration
  static class AllApplications {}
}
