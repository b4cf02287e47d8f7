package io.eventagents.local;

import java.nio.file.Path;

/**
 * What runs where, as a user is told.
 *
 * @param http the address of pages and API
 * @param kafka the broker
 * @param database the database
 * @param mail the mail server
 * @param mailEmbedded whether the mail server is ours, so that its mails are in the inbox
 * @param data the folder that keeps everything
 */
record Places(
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
        + http.replace("http://", "")
        + "/tasks -H 'X-Correlation-ID: req-abc-123' -H 'Content-Type: application/json'"
        + " -d '{\"title\":\"Review quarterly report\",\"owner_id\":\"user-456\",\"priority\":2}'";
  }
}
