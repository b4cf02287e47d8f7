package examples;

import examples.analytics.TaskAnalytics;
import examples.sms.NotificationSms;
import io.eventagents.test.catalog.CatalogFiles;
import io.eventagents.test.catalog.EventCatalog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The examples read and publish events of the catalog as it describes them. */
class EventCatalogTests {

  private static final CatalogFiles FILES =
      CatalogFiles.in(
          Path.of("../docs/events"), "./mvnw -Pcatalog -pl local -am test", "-Dcatalog.allow=");

  @Test
  void notificationSmsFitsTheCatalog() {
    EventCatalog application = EventCatalog.of(NotificationSms.class);

    application.verifyComplete("examples.sms");
    FILES.verifyApplication(application);
  }

  @Test
  void taskAnalyticsFitsTheCatalog() {
    EventCatalog application = EventCatalog.of(TaskAnalytics.class);

    application.verifyComplete("examples.analytics");
    FILES.verifyApplication(application);
  }
}
