package io.eventagents.notification.receipt;

import io.eventagents.DatabaseSchema;
import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import io.eventagents.PublicPaths;
import io.eventagents.background.BackgroundService;
import io.eventagents.notification.database.NotificationDatabaseAutoConfiguration;
import io.eventagents.notification.directory.GoneAddresses;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The outcomes of messages, if a mailbox or provider that reports them is configured. */
@AutoConfiguration(after = NotificationDatabaseAutoConfiguration.class)
@ConditionalOnBean(NotificationDatabaseAutoConfiguration.class)
@Conditional(ReceiptsAutoConfiguration.AnySource.class)
@EnableConfigurationProperties(ReceiptProperties.class)
public final class ReceiptsAutoConfiguration {

  @Bean
  EventPublisher<ReceiptEvent> receiptEvents(EventPublishers publishers) {
    return publishers.create(DeliveryReceipts.NAME, ReceiptEvent.class);
  }

  @Bean
  DeliveryReceipts deliveryReceipts(
      JdbcClient database,
      DatabaseSchema notificationSchema,
      EventPublisher<ReceiptEvent> receiptEvents,
      PlatformTransactionManager transactions,
      ObjectProvider<GoneAddresses> gone,
      ReceiptProperties properties,
      ObjectProvider<Clock> clock) {
    return new DeliveryReceipts(
        new TrackedMessages(database),
        receiptEvents,
        new TransactionTemplate(transactions),
        gone.getIfAvailable(GoneAddresses::none),
        properties.retention(),
        clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  @ConditionalOnProperty("notification.receipts.postmark.username")
  MailMark postmarkMetadata() {
    return new MailMark("X-PM-Metadata-" + PostmarkReceipts.METADATA);
  }

  @Bean
  ReceiptCounts receiptCounts(ObjectProvider<MeterRegistry> meters) {
    return new ReceiptCounts(meters.getIfAvailable(SimpleMeterRegistry::new));
  }

  @Bean
  ReceiptIntake receiptIntake(DeliveryReceipts receipts, ReceiptCounts counts) {
    return new ReceiptIntake(receipts, counts);
  }

  @Bean
  @ConditionalOnExpression(
      "!environment.getProperty('notification.receipts.mailbox.host', '').isBlank()")
  BackgroundService reportMailbox(
      ReceiptProperties properties, ReceiptIntake receipts, ReceiptCounts counts) {
    return new BackgroundService(new ReportMailbox(properties.mailbox(), receipts, counts).loop());
  }

  /** The paths that providers call. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  static class Web {

    @Bean
    ReceiptController receiptController(
        ReceiptProperties properties,
        ReceiptIntake receipts,
        ReceiptCounts counts,
        ObjectProvider<AmazonDownloads> downloads,
        ObjectProvider<Clock> clock) {
      return new ReceiptController(
          sources(
              properties,
              downloads.getIfAvailable(() -> new HttpDownloads(properties.ses().timeout())),
              clock.getIfUnique(Clock::systemUTC)),
          receipts,
          counts);
    }

    @Bean
    PublicPaths receiptPaths() {
      return new PublicPaths(ReceiptController.PATHS);
    }

    private static List<ReceiptSource> sources(
        ReceiptProperties properties, AmazonDownloads downloads, Clock clock) {
      Stream.Builder<ReceiptSource> sources = Stream.builder();
      if (properties.ses().on()) {
        sources.add(
            new SesReceipts(
                String.valueOf(properties.ses().topicArn()),
                new SnsCertificates(downloads, clock),
                downloads));
      }
      if (properties.sendgrid().on()) {
        sources.add(new SendGridReceipts(properties.sendgrid().key()));
      }
      if (properties.postmark().on()) {
        sources.add(
            new PostmarkReceipts(
                String.valueOf(properties.postmark().username()),
                String.valueOf(properties.postmark().password())));
      }
      if (properties.twilio().on()) {
        sources.add(
            new TwilioReceipts(
                String.valueOf(properties.twilio().url()),
                String.valueOf(properties.twilio().authToken())));
      }
      return sources.build().toList();
    }
  }

  /** Whether a source is configured. */
  static final class AnySource extends AnyNestedCondition {

    AnySource() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty("notification.receipts.mailbox.host")
    static final class OfMailbox {}

    @ConditionalOnProperty("notification.receipts.ses.topic-arn")
    static final class OfSes {}

    @ConditionalOnProperty("notification.receipts.sendgrid.verification-key")
    static final class OfSendGrid {}

    @ConditionalOnProperty("notification.receipts.postmark.username")
    static final class OfPostmark {}

    @ConditionalOnProperty("notification.receipts.twilio.auth-token")
    static final class OfTwilio {}
  }
}
