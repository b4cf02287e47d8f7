package io.eventagents.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.Effects;
import io.eventagents.wire.PayloadTypes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.cloud.stream.config.BindingProperties;
import org.springframework.cloud.stream.config.BindingServiceProperties;

class ReplayTopicsTests {

  private static final AgentDefinition BILLING =
      new AgentDefinition(
          "billing",
          "billing",
          Effects.NONE,
          new Intake.Events(PayloadTypes.none()),
          PayloadTypes.none());

  @Test
  void theReplaysAreAddedToWhatAnApplicationNames() {
    assertThat(completed("our-tasks")).isEqualTo("our-tasks,billing-replays");
  }

  @Test
  void theReplaysAreAddedOnceWhateverBlanksAreAroundTheCommas() {
    assertThat(completed("our-tasks, billing-replays")).isEqualTo("our-tasks, billing-replays");
  }

  private static String completed(String destination) {
    BindingProperties input = new BindingProperties();
    input.setDestination(destination);
    BindingServiceProperties bindings = new BindingServiceProperties();
    bindings.setBindings(Map.of(BILLING.inputBinding(), input));
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("agents", new AgentDefinitions(List.of(BILLING)));

    new ReplayTopics(beans.getBeanProvider(AgentDefinitions.class))
        .postProcessAfterInitialization(bindings, "bindings");

    return input.getDestination();
  }
}
