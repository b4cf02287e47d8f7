package io.eventagents.poll;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a consumer and passes on what it is not about. A proxy, so that it need not
 * change with the some fifty methods of {@link Consumer}.
 */
abstract class ConsumerProxy implements InvocationHandler {

  /** The one that it stands in front of. */
  final Consumer<byte[], byte[]> consumer;

  /**
   * @param consumer the one that it stands in front of
   */
  ConsumerProxy(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Itself as a consumer. */
  @SuppressWarnings("unchecked")
  final Consumer<byte[], byte[]> proxy() {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            ConsumerProxy.class.getClassLoader(), new Class<?>[] {Consumer.class}, this);
  }

  /**
   * Has the consumer do it.
   *
   * @throws Throwable as the consumer throws it
   */
  final @Nullable Object pass(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(consumer, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
