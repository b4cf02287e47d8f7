package io.eventagents.faults;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One system for all tests, because it is slow to start. After a failed test there is a new one.
 */
final class SharedSystem implements ParameterResolver, AfterTestExecutionCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedSystem.class);

  /** The folder of this run. Logs stay there, to analyse failures. */
  private static final Path DIRECTORY =
      Path.of("target", "faults", Long.toString(System.currentTimeMillis())).toAbsolutePath();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == FaultySystem.class;
  }

  @Override
  public FaultySystem resolveParameter(ParameterContext parameter, ExtensionContext context) {
    FaultySystem system = holder(context).system();
    system.heal();
    return system;
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    Optional<Throwable> failure = context.getExecutionException();
    if (failure.isPresent()) {
      holder(context).drop();
    }
  }

  private static Holder holder(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent("system", key -> new Holder(), Holder.class);
  }

  /** Closed by JUnit after the last test. */
  private static final class Holder implements AutoCloseable {

    private final Seed seed = Seed.ofRun();
    private @Nullable FaultySystem system;
    private int number;

    FaultySystem system() {
      if (system == null) {
        system = FaultySystem.start(DIRECTORY.resolve("system-" + ++number), seed);
      }
      return system;
    }

    void drop() {
      if (system != null) {
        FaultySystem dropped = system;
        system = null;
        dropped.close();
      }
    }

    @Override
    public void close() {
      drop();
    }
  }
}
