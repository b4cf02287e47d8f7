package io.eventagents.binding;

import io.eventagents.Effects;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The {@code spring.cloud.stream.*} properties that follow from the agents. They are the last
 * property source: anything that an application sets for the same key wins.
 */
final class DerivedBindings {

  static final String CONVERTER = "eventAgentsRecordBatchConverter";
  static final String ERROR_HANDLER = "eventAgentsBatchErrorHandler";

  private static final String STREAM = "spring.cloud.stream.";

  private final Map<String, Object> properties = new LinkedHashMap<>();

  static Map<String, Object> of(AgentDefinitions agents) {
    DerivedBindings derived = new DerivedBindings();
    // Agents are bound as channels; the function catalog would bind a single one a second time.
    derived.put("function.autodetect", "false");
    derived.put("binding-retry-interval", "2");
    // Topics are made with the settings of event-agents.topics, before anything is bound.
    derived.put("kafka.binder.auto-create-topics", "false");
    derived.put("kafka.binder.metrics.default-offset-lag-metrics-enabled", "false");
    // Clients notice that an agent may see a topic again only when they refresh their metadata.
    derived.put("kafka.binder.configuration.metadata.max.age.ms", "15000");
    // Spring looks up every binding as a function of its name: it would find a channel bean and
    // poll it as a supplier.
    derived.properties.put(
        "spring.cloud.function.ineligible-definitions",
        agents.stream()
            .flatMap(
                agent ->
                    Stream.concat(Stream.of(agent.inputBinding()), agent.outputBindings().stream()))
            .collect(Collectors.joining(",")));
    agents.forEach(derived::add);
    return derived.properties;
  }

  private void add(AgentDefinition agent) {
    String in = agent.inputBinding();
    binding(in, "group", agent.name());
    binding(in, "consumer.batch-mode", "true");
    binding(in, "consumer.use-native-decoding", "true");
    kafka(in, "consumer.converter-bean-name", CONVERTER);
    kafka(in, "consumer.common-error-handler-bean-name", ERROR_HANDLER);
    kafka(in, "consumer.start-offset", "earliest");
    consumer(in, "auto.offset.reset", "earliest");
    consumer(in, "allow.auto.create.topics", "false");
    consumer(in, "isolation.level", "read_committed");
    // Each batch ends with a last acknowledgement or transaction, and with keys that wait for
    // others: fewer, larger batches are quicker.
    consumer(in, "max.poll.records", agent.effects() == Effects.NONE ? "5000" : "2000");
    // What a process holds grows with its agents. A partition gives 1 MB at most; a larger batch
    // comes whole.
    consumer(in, "fetch.max.bytes", "8388608");
    // A killed instance keeps its partitions for this long.
    consumer(in, "session.timeout.ms", "15000");
    // Instances come, go and take over partitions without stopping the others.
    consumer(
        in,
        "partition.assignment.strategy",
        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    switch (agent.intake()) {
      case Intake.Events events -> {
        binding(in, "destination", String.join(",", events.types().topics()));
        binding(in, "consumer.multiplex", "true");
      }
      case Intake.Records records -> {
        binding(in, "destination", records.topicPattern());
        kafka(in, "consumer.destination-is-pattern", "true");
        // A pattern finds new topics only when metadata is refreshed.
        consumer(in, "metadata.max.age.ms", "3000");
        // A batch costs one sync, whatever its size.
        consumer(in, "max.poll.records", "5000");
      }
    }
    List<String> topics = agent.emits().topics();
    List<String> outputs = agent.outputBindings();
    for (int i = 0; i < outputs.size(); i++) {
      String out = outputs.get(i);
      binding(out, "destination", topics.get(i));
      binding(out, "producer.use-native-encoding", "true");
      producer(out, "acks", "all");
      producer(out, "linger.ms", "5");
      producer(out, "batch.size", "65536");
      // Sends wait for the broker, however long it is away: a send that expired could be
      // overtaken.
      producer(out, "delivery.timeout.ms", Integer.toString(Integer.MAX_VALUE));
      producer(out, "max.block.ms", "20000");
    }
  }

  private void put(String key, String value) {
    properties.put(STREAM + key, value);
  }

  private void binding(String name, String key, String value) {
    put("bindings." + name + "." + key, value);
  }

  private void kafka(String name, String key, String value) {
    put("kafka.bindings." + name + "." + key, value);
  }

  private void consumer(String name, String key, String value) {
    kafka(name, "consumer.configuration." + key, value);
  }

  private void producer(String name, String key, String value) {
    kafka(name, "producer.configuration." + key, value);
  }
}
