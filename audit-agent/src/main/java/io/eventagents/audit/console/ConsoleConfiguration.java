package io.eventagents.audit.console;

import io.eventagents.Broker;
import io.eventagents.DatabaseSchema;
import io.eventagents.DeadLetterDesk;
import io.eventagents.audit.answer.AnswerRoom;
import io.eventagents.audit.chain.ChainStories;
import io.eventagents.audit.chain.Expectations;
import io.eventagents.audit.evidence.LogState;
import io.eventagents.audit.evidence.Verifications;
import io.eventagents.audit.index.Calls;
import io.eventagents.audit.index.ChainOutlines;
import io.eventagents.audit.index.FlowQueries;
import io.eventagents.audit.index.Indexer;
import io.eventagents.audit.index.RecordQueries;
import io.eventagents.audit.index.Search;
import io.eventagents.audit.log.LogDirectory;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pages of the console. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ConsoleSettings.class, TraceLinks.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class ConsoleConfiguration {

  @Bean
  ConsoleModel auditConsoleModel(ConsoleSettings settings, ObjectProvider<ConsoleLink> links) {
    return new ConsoleModel(settings.showPersonal(), links.orderedStream().toList());
  }

  @Bean
  ErrorPages auditErrorPages(ConsoleModel auditConsoleModel) {
    return new ErrorPages(auditConsoleModel);
  }

  @Bean
  PersonalView auditPersonalView(ConsoleSettings settings) {
    return new PersonalView(PersonalCatalog.read(settings.catalog()));
  }

  @Bean
  Failures auditFailures(Expectations auditExpectations, PersonalView auditPersonalView) {
    return new Failures(auditExpectations.failures(), auditPersonalView);
  }

  @Bean
  LineCheck auditLineCheck(LogDirectory auditLogDirectory) {
    return new LineCheck(auditLogDirectory);
  }

  @Bean
  EventContents auditEventContents(
      PersonalView auditPersonalView,
      LineCheck auditLineCheck,
      TraceLinks traces,
      Calls auditCalls) {
    return new EventContents(auditPersonalView, auditLineCheck, traces, auditCalls);
  }

  @Bean
  ChainsPage auditChainsPage(
      ChainOutlines auditChainOutlines,
      ChainStories auditChainStories,
      Search auditSearch,
      RecordQueries auditQueries,
      Failures auditFailures,
      ObjectProvider<Clock> clock) {
    return new ChainsPage(
        auditChainOutlines,
        auditChainStories,
        new ChainSearch(auditSearch, auditQueries, auditChainOutlines),
        auditFailures,
        clock(clock));
  }

  @Bean
  ChainPage auditChainPage(
      ChainStories auditChainStories,
      ChainOutlines auditChainOutlines,
      AnswerRoom auditAnswerRoom,
      Failures auditFailures,
      TraceLinks traces,
      ObjectProvider<Clock> clock) {
    return new ChainPage(
        auditChainStories,
        auditChainOutlines,
        auditAnswerRoom,
        traces,
        auditFailures,
        clock(clock));
  }

  @Bean
  EventPage auditEventPage(
      RecordQueries auditQueries, AnswerRoom auditAnswerRoom, EventContents auditEventContents) {
    return new EventPage(auditQueries, auditAnswerRoom, auditEventContents);
  }

  @Bean
  DeadLettersPage auditLettersPage(
      ObjectProvider<DeadLetterDesk> desk,
      ChainOutlines auditChainOutlines,
      PersonalView auditPersonalView,
      ObjectProvider<Clock> clock) {
    return new DeadLettersPage(
        desk.getIfAvailable(),
        new ReplaysUnderWay(clock(clock)),
        auditChainOutlines,
        auditPersonalView,
        clock(clock));
  }

  @Bean
  AgentsPage auditAgentsPage(
      JdbcClient jdbc,
      DatabaseSchema auditSchema,
      ObjectProvider<Broker> broker,
      Expectations auditExpectations,
      ConsoleSettings settings,
      ObjectProvider<Clock> clock) {
    return new AgentsPage(
        new FlowQueries(jdbc, auditSchema),
        new GroupLags(broker.getIfAvailable()),
        auditExpectations.failures(),
        settings.window(),
        clock(clock));
  }

  @Bean
  EvidencePage auditEvidencePage(
      Verifications auditVerifications,
      LogState auditLogState,
      Indexer auditIndexer,
      ObjectProvider<Clock> clock) {
    return new EvidencePage(auditVerifications, auditLogState, auditIndexer, clock(clock));
  }

  private static Clock clock(ObjectProvider<Clock> clock) {
    return clock.getIfUnique(Clock::systemUTC);
  }
}
