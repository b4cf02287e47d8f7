package io.eventagents.test;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/** Resets the clock of an {@link AgentTest}, so that no test sees the time of another. */
final class ClockReset implements TestExecutionListener {

  @Override
  public void afterTestMethod(TestContext test) {
    if (!TestContextAnnotationUtils.hasAnnotation(test.getTestClass(), AgentTest.class)
        || !test.hasApplicationContext()) {
      return;
    }
    ApplicationContext context = test.getApplicationContext();
    if (context.containsBean(AgentTestConfiguration.CLOCK)) {
      context.getBean(AgentTestConfiguration.CLOCK, SettableClock.class).reset();
    }
  }
}
