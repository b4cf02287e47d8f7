package io.eventagents.benchmarks.system;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A mail server and a stand-in for Slack in this process, which accept everything. */
final class Outlets implements AutoCloseable {

  private final GreenMail mail;
  private final HttpServer slack;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Outlets(GreenMail mail, HttpServer slack) {
    this.mail = mail;
    this.slack = slack;
  }

  static Outlets open() throws IOException {
    GreenMail mail =
        new GreenMail(
            new ServerSetup(Application.freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    Outlets outlets =
        new Outlets(
            mail, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    outlets.slack.setExecutor(outlets.threads);
    outlets.slack.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] ok = {'o', 'k'};
            exchange.sendResponseHeaders(200, ok.length);
            exchange.getResponseBody().write(ok);
          }
        });
    outlets.slack.start();
    return outlets;
  }

  /** The arguments that make the notification agent use them. */
  List<String> arguments() {
    return List.of(
        "--spring.mail.host=127.0.0.1",
        "--spring.mail.port=" + mail.getSmtp().getPort(),
        "--notification.slack.webhook-url=http://127.0.0.1:"
            + slack.getAddress().getPort()
            + "/webhook");
  }

  /** Deletes the mails received. */
  void empty() {
    try {
      mail.purgeEmailFromAllMailboxes();
    } catch (FolderException e) {
      throw new IllegalStateException("Could not delete the mails", e);
    }
  }

  @Override
  public void close() {
    slack.stop(0);
    threads.shutdownNow();
    mail.stop();
  }
}
