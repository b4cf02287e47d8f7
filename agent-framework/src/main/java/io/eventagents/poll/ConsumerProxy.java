package io.eventagents.poll;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a consumer and passes on the calls that do not concern it. It is a dynamic
 * proxy, so that it need not follow the fifty or so methods of {@link Consumer}.
 */
abstract class ConsumerProxy implements InvocationHandler {

  /** The one that it stands in front of. */
  final Consumer<byte[], byte[]> consumer;

  /** The partitions that the container itself has paused. */
  final Set<TopicPartition> paused = new HashSet<>();

  /**
   * @param consumer the one that it stands in front of
   */
  ConsumerProxy(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** This proxy as a consumer. */
  @SuppressWarnings("unchecked")
  final Consumer<byte[], byte[]> proxy() {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            ConsumerProxy.class.getClassLoader(), new Class<?>[] {Consumer.class}, this);
  }

  @Override
  @SuppressWarnings("unchecked")
  public final @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
    switch (method.getName()) {
      case "poll" -> {
        return poll((Duration) Objects.requireNonNull(first));
      }
      case "pause" -> paused.addAll((Collection<TopicPartition>) Objects.requireNonNull(first));
      case "resume" -> {
        Set<TopicPartition> resumed =
            new HashSet<>((Collection<TopicPartition>) Objects.requireNonNull(first));
        paused.removeAll(resumed);
        resumed.removeAll(left(resumed));
        consumer.resume(resumed);
        return null;
      }
      default -> {}
    }
    return call(method, arguments);
  }

  /** Polls the consumer. */
  abstract ConsumerRecords<byte[], byte[]> poll(Duration timeout);

  /** Those of the partitions that are not resumed, although the container resumes them. */
  Set<TopicPartition> left(Set<TopicPartition> partitions) {
    return Set.of();
  }

  /** Makes any other call. */
  @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    return pass(method, arguments);
  }

  /**
   * Has the consumer do it.
   *
   * @throws Throwable as the consumer throws it
   */
  final @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(consumer, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
