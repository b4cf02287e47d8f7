package io.eventagents.benchmarks.pipeline;

import io.eventagents.benchmarks.rig.ChildJvm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Runs Spring Boot applications as child programs. */
final class SpringPrograms {

  static final String WITHOUT_DATABASE =
      "--spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration";

  private SpringPrograms() {}

  /** Runs an application until the parent ends. */
  static void serve(List<Class<?>> sources, String[] given, List<String> settings)
      throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--spring.main.banner-mode=off",
                "--spring.main.web-application-type=none",
                "--logging.level.root=warn",
                "--spring.kafka.bootstrap-servers=" + Assignment.of(given).brokers()));
    all.addAll(settings);
    all.addAll(Arrays.asList(given));
    ChildJvm.serve(
        "",
        new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
            .run(all.toArray(String[]::new)));
  }
}
