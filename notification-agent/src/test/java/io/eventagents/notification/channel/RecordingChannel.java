package io.eventagents.notification.channel;

import io.eventagents.notification.directory.Recipient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * A channel that reaches recipients with a mail address, records its messages, and fails as told.
 */
public final class RecordingChannel implements Channel {

  private final String name;
  private final List<OutgoingMessage> sent = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Supplier<RuntimeException>> failures =
      new ConcurrentLinkedQueue<>();

  public RecordingChannel(String name) {
    this.name = name;
  }

  /** The messages that it was given, even if it failed then. */
  public List<OutgoingMessage> sent() {
    return sent;
  }

  /** Makes the next call fail. */
  public void failNext(Supplier<RuntimeException> failure) {
    failures.add(failure);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> addressOf(Recipient recipient) {
    return Optional.ofNullable(recipient.email());
  }

  @Override
  public SentMessage send(OutgoingMessage message) {
    sent.add(message);
    Supplier<RuntimeException> failure = failures.poll();
    if (failure != null) {
      throw failure.get();
    }
    return new SentMessage(message.address(), "<" + message.idempotencyKey() + "@company.com>");
  }
}
