package io.eventagents.notification.setting;

import java.util.Arrays;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Reads {@link ConditionalOnChannel}. */
final class ChannelCondition implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    MergedAnnotation<ConditionalOnChannel> channel =
        metadata.getAnnotations().get(ConditionalOnChannel.class);
    String prefix = channel.getString("prefix");
    Environment environment = context.getEnvironment();
    return !"false".equalsIgnoreCase(environment.getProperty(prefix + ".enabled"))
        && Arrays.stream(channel.getStringArray("settings"))
            .anyMatch(name -> isSet(environment, prefix + "." + name));
  }

  /** An empty value counts as not set. A manifest whose variable is not set produces one. */
  private static boolean isSet(Environment environment, String name) {
    return !environment.getProperty(name, "").isBlank()
        || !environment.getProperty(name + "[0]", "").isBlank();
  }
}
