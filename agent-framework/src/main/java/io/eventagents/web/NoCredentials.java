package io.eventagents.web;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/** Neither a user nor an issuer whose tokens can be checked is configured. */
final class NoCredentials implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    boolean tokens =
        Credentials.tokens(context.getEnvironment()).isPresent()
            && ClassUtils.isPresent(
                "org.springframework.security.oauth2.jwt.JwtDecoder", context.getClassLoader());
    return !tokens && !Credentials.password(context.getEnvironment());
  }
}
