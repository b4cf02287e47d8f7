package io.eventagents.notification.setting;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/**
 * Matches if at least one of a channel's own settings is set and {@code enabled} is not false.
 * {@link Required} checks that all of them are set: if only some are, the start fails.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(ChannelCondition.class)
public @interface ConditionalOnChannel {

  /** The prefix of the channel's settings, such as {@code notification.sms}. */
  String prefix();

  /** The names below the prefix that turn the channel on. */
  String[] settings();
}
