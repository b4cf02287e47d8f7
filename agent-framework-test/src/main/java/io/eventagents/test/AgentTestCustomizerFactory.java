package io.eventagents.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Gives the contexts of {@link AgentTest}s their servers and beans. */
final class AgentTestCustomizerFactory implements ContextCustomizerFactory {

  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
    AgentTest annotation =
        TestContextAnnotationUtils.findMergedAnnotation(testClass, AgentTest.class);
    return annotation == null ? null : new AgentTestCustomizer(annotation.database());
  }
}
