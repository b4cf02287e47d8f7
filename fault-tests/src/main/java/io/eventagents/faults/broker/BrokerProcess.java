package io.eventagents.faults.broker;

import io.eventagents.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The broker in a process of its own. It ends with the process that started it. */
public final class BrokerProcess {

  private BrokerProcess() {}

  /**
   * Serves until it receives SIGTERM or its standard input ends.
   *
   * @param arguments the data directory, the port, and settings as {@code name=value}
   */
  public static void main(String[] arguments) throws Exception {
    EmbeddedKafka.Builder builder =
        EmbeddedKafka.builder()
            .dataDirectory(Path.of(arguments[0]))
            .port(Integer.parseInt(arguments[1]));
    for (int i = 2; i < arguments.length; i++) {
      String[] setting = arguments[i].split("=", 2);
      builder.setting(setting[0], setting[1]);
    }
    CountDownLatch stopped = new CountDownLatch(1);
    EmbeddedKafka kafka = builder.start();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  kafka.stop();
                  stopped.countDown();
                }));
    System.out.println("READY");
    System.out.flush();
    while (System.in.read() >= 0) {
      Thread.onSpinWait();
    }
    System.exit(0);
  }
}
