package io.eventagents.benchmarks;

import io.eventagents.embedded.EmbeddedKafka;

/** The broker, in a process of its own. */
final class BrokerProcess {

  private BrokerProcess() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedKafka kafka = EmbeddedKafka.builder().start();
    ChildJvm.serve(kafka.bootstrapServers(), kafka);
    System.exit(0);
  }
}
