package io.eventagents.local;

import java.util.ArrayList;
import java.util.List;

/**
 * The ports to listen on, as {@link LocalSettings#choosePorts} finds them.
 *
 * @param http the pages and the API
 * @param kafka the broker
 * @param postgreSql the database server
 * @param smtp accepts mails
 * @param imap serves mails
 */
record ChosenPorts(
    ServerPort http, ServerPort kafka, ServerPort postgreSql, ServerPort smtp, ServerPort imap) {

  /**
   * @throws StartRefused if another program listens on a port that is needed
   */
  void requireFree(Embedded embedded) {
    List<ServerPort> needed = new ArrayList<>();
    needed.add(http);
    if (embedded.kafka()) {
      needed.add(kafka);
    }
    if (embedded.database()) {
      needed.add(postgreSql);
    }
    if (embedded.mail()) {
      needed.add(smtp);
      needed.add(imap);
    }
    ServerPort.requireFree(needed);
  }
}
