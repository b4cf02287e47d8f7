package io.eventagents.benchmarks.rig;

import io.eventagents.embedded.EmbeddedKafka;
import java.io.IOException;

/** The broker in a process of its own. */
public final class BrokerProcess {

  private BrokerProcess() {}

  /**
   * Starts a broker, which announces its address.
   *
   * @throws IOException if it does not start
   */
  public static ChildJvm start() throws IOException {
    return ChildJvm.start(BrokerProcess.class);
  }

  public static void main(String[] arguments) throws Exception {
    EmbeddedKafka kafka = EmbeddedKafka.builder().start();
    ChildJvm.serve(kafka.bootstrapServers(), kafka);
    System.exit(0);
  }
}
