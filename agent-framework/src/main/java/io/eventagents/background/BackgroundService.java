package io.eventagents.background;

import java.util.List;
import org.springframework.context.SmartLifecycle;

/**
 * Loops as a bean: Spring starts them with the application, and stops them one after the other.
 * Thread-safe.
 *
 * <pre>{@code
 * @Bean
 * BackgroundService invoiceArchive(Archive archive) {
 *   return new BackgroundService(BackgroundLoop.named("invoice-archive").repeating(archive::round));
 * }
 * }</pre>
 */
public final class BackgroundService implements SmartLifecycle {

  private final List<BackgroundLoop> loops;

  /** In the phase of most beans: started last and stopped first. */
  public BackgroundService(BackgroundLoop... loops) {
    this.loops = List.of(loops);
  }

  @Override
  public void start() {
    loops.forEach(BackgroundLoop::start);
  }

  @Override
  public void stop() {
    loops.forEach(BackgroundLoop::stop);
  }

  @Override
  public boolean isRunning() {
    return loops.stream().anyMatch(BackgroundLoop::isRunning);
  }
}
