package io.eventagents.notification.receipt;

/** The outcome of a message that was sent. */
sealed interface ReceiptEvent permits EmailDelivered, EmailBounced, SmsDelivered, SmsFailed {

  /** The event for a receipt and the message that it is about. */
  static ReceiptEvent of(Receipt receipt, TrackedMessage message) {
    return switch (receipt.kind()) {
      case EMAIL_DELIVERED ->
          new EmailDelivered(
              message.taskId(), message.recipient(), message.messageId(), receipt.at());
      case EMAIL_BOUNCED ->
          new EmailBounced(
              message.taskId(),
              message.recipient(),
              message.messageId(),
              String.valueOf(receipt.reason()),
              receipt.permanent(),
              receipt.at());
      case SMS_DELIVERED ->
          new SmsDelivered(
              message.taskId(), message.recipient(), message.messageId(), receipt.at());
      case SMS_FAILED ->
          new SmsFailed(
              message.taskId(),
              message.recipient(),
              message.messageId(),
              String.valueOf(receipt.reason()),
              receipt.at());
    };
  }
}
