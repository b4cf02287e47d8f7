package io.eventagents.test;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Settings whose values are made when somebody asks for them: a server that a test replaces by its
 * own is never started.
 */
final class LazyProperties extends EnumerablePropertySource<Map<String, Supplier<String>>> {

  LazyProperties(String name, Map<String, Supplier<String>> values) {
    super(name, values);
  }

  @Override
  public String[] getPropertyNames() {
    return source.keySet().toArray(String[]::new);
  }

  @Override
  public @Nullable Object getProperty(String name) {
    Supplier<String> value = source.get(name);
    return value == null ? null : value.get();
  }
}
