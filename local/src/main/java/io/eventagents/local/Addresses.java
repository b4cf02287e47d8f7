package io.eventagents.local;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The addresses of everything that runs here, as shown to the user.
 *
 * @param http the address of the pages and the API
 * @param kafka the broker
 * @param database the database
 * @param mail the mail server
 * @param mailEmbedded whether the mail server is embedded, so that its mails are in the inbox
 * @param data the folder that holds all data
 */
record Addresses(
    String http, String kafka, String database, String mail, boolean mailEmbedded, Path data) {

  public String inbox() {
    return http + "/inbox";
  }

  public String chain() {
    return http + "/chains/req-abc-123";
  }

  public String calendar() {
    return http + "/calendars/user-456.ics";
  }

  /** Creates the first task, in the chain of {@link #chain()}. */
  public String createTask() {
    return "curl -i -X POST "
        + host()
        + "/tasks -H 'X-Correlation-ID: req-abc-123' -H 'Content-Type: application/json'"
        + " -d '{\"title\":\"Review quarterly report\",\"owner_id\":\"user-456\",\"priority\":2}'";
  }

  /** Stores the addresses of the first task's owner. */
  public String putRecipient() {
    return "curl -i -X PUT "
        + host()
        + "/recipients/user-456 -H 'Content-Type: application/json'"
        + " -d '{\"email\":\"user-456@company.com\",\"phone\":\"+4930123456\","
        + "\"push_tokens\":[\"app-1\"],\"time_zone\":\"Europe/Berlin\"}'";
  }

  /** Creates a recurring task. */
  public String createRecurringTask(Instant dueAt) {
    return "curl -i -X POST "
        + host()
        + "/tasks -H 'X-Correlation-ID: req-abc-124' -H 'Content-Type: application/json'"
        + " -d '{\"title\":\"Plan the day\",\"owner_id\":\"user-456\",\"priority\":2,"
        + "\"due_at\":\""
        + dueAt.truncatedTo(ChronoUnit.SECONDS)
        + "\",\"recurrence\":\"FREQ=DAILY;COUNT=5\",\"time_zone\":\"Europe/Berlin\"}'";
  }

  /** Creates a task whose owner's mail bounces. */
  public String createBouncing() {
    return "curl -i -X POST "
        + host()
        + "/tasks -H 'X-Correlation-ID: req-abc-125' -H 'Content-Type: application/json'"
        + " -d '{\"title\":\"Nobody reads this\",\"owner_id\":\"bounce-1\"}'";
  }

  private String host() {
    return http.replace("http://", "");
  }
}
