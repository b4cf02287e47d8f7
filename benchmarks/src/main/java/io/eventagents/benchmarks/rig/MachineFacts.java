package io.eventagents.benchmarks.rig;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;
import org.springframework.boot.SpringBootVersion;

/** The machine and the versions, on which all figures depend. */
public final class MachineFacts {

  private MachineFacts() {}

  /** Writes them to the report. */
  public static void report(Report report) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processors", Runtime.getRuntime().availableProcessors() + ", " + processorModel());
    facts.put(
        "memory",
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()
                / (1 << 30)
            + " GiB");
    facts.put(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + ", "
            + System.getProperty("os.arch"));
    facts.put("Java", Runtime.version() + ", " + System.getProperty("java.vm.name"));
    facts.put("Kafka (broker and clients)", AppInfoParser.getVersion());
    facts.put("Spring Boot", SpringBootVersion.getVersion());
    facts.put(
        "Spring Cloud Stream", versionOf(org.springframework.cloud.stream.binder.Binder.class));
    report.table(
        java.util.List.of("machine", ""),
        facts.entrySet().stream()
            .map(fact -> new String[] {fact.getKey(), fact.getValue()})
            .toList());
  }

  private static String versionOf(Class<?> type) {
    String version = type.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  private static String processorModel() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("model unknown");
    } catch (IOException e) {
      // Other systems have no such file, and the report can do without the name.
      return "model unknown";
    }
  }
}
