package io.eventagents.benchmarks.pipeline;

import io.eventagents.benchmarks.rig.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The ways to run the function. */
enum Contender {
  LOOP_500("hand-written loop, polls of 500", HandWrittenLoop.class, 500, 1),
  LOOP_5000("hand-written loop, polls of 5,000", HandWrittenLoop.class, 5000, 1),
  STREAM_RECORD(
      "Stream function, one record",
      StreamFunction.class,
      5000,
      1,
      "--spring.cloud.function.definition=oneRecord"),
  STREAM_RECORD_SYNC(
      "Stream function, one record, each acknowledged",
      StreamFunction.class,
      5000,
      30,
      "--spring.cloud.function.definition=oneRecord",
      "--bench.sync=true"),
  STREAM_BATCH(
      "Stream function, batch",
      StreamFunction.class,
      5000,
      1,
      "--spring.cloud.function.definition=batch"),
  LISTENER_RECORD(
      "`@KafkaListener`, one record",
      ListenerProgram.class,
      5000,
      1,
      "--spring.kafka.listener.type=single"),
  LISTENER_BATCH(
      "`@KafkaListener`, batch",
      ListenerProgram.class,
      5000,
      1,
      "--spring.kafka.listener.type=batch"),
  KAFKA_STREAMS("Kafka Streams", StreamsProgram.class, 5000, 1),
  AGENT_NONE("our agent, `NONE`", OurAgent.class, 5000, 1, "--bench.kind=NONE"),
  AGENT_DATABASE("our agent, `DATABASE`", OurAgent.class, 2000, 3, "--bench.kind=DATABASE"),
  AGENT_EXTERNAL("our agent, `EXTERNAL`", OurAgent.class, 2000, 15, "--bench.kind=EXTERNAL");

  private final String label;
  private final Class<?> program;
  private final int poll;
  private final int share;
  private final List<String> arguments;

  Contender(String label, Class<?> program, int poll, int share, String... arguments) {
    this.label = label;
    this.program = program;
    this.poll = poll;
    this.share = share;
    this.arguments = List.of(arguments);
  }

  String label() {
    return label;
  }

  /** The number of events for this way if the fast ways get this many; a slow way gets fewer. */
  int events(int ofTheFast) {
    return Math.max(100, ofTheFast / share);
  }

  String input() {
    return key() + "-in";
  }

  String output() {
    return key() + "-out";
  }

  /** The name on the command line. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean needsDatabase() {
    return this == AGENT_DATABASE || this == AGENT_EXTERNAL;
  }

  ChildJvm start(String brokers, List<String> options, List<String> furtherArguments)
      throws IOException {
    List<String> all = new Assignment(brokers, input(), output(), key(), poll).arguments();
    all.addAll(arguments);
    all.addAll(furtherArguments);
    return ChildJvm.start(program, options, new ArrayList<>(all));
  }
}
