package io.eventagents.benchmarks;

/** The ways to run the function. */
enum Way {
  HAND_WRITTEN_LOOP("hand-written loop", "loop-in", "loop-out", HandWrittenLoop.class),
  ORDINARY_FUNCTION(
      "ordinary Stream function, one record",
      "ordinary-in",
      "ordinary-out",
      OrdinaryFunction.class),
  OUR_AGENT("our agent, kind NONE", "task-events", "notification-events", OurAgent.class);

  private final String label;
  private final String input;
  private final String output;
  private final Class<?> program;

  Way(String label, String input, String output, Class<?> program) {
    this.label = label;
    this.input = input;
    this.output = output;
    this.program = program;
  }

  String label() {
    return label;
  }

  String input() {
    return input;
  }

  String output() {
    return output;
  }

  Class<?> program() {
    return program;
  }
}
