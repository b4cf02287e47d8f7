package io.eventagents.orchestrator.followup;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Something should follow something. */
public final class FollowUpsExpected extends SpringBootCondition {

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    boolean none = FollowUpTypes.rules(context.getEnvironment()).isEmpty();
    return new ConditionOutcome(
        !none,
        ConditionMessage.forCondition("orchestrator.follow-ups").because(none ? "not set" : "set"));
  }
}
