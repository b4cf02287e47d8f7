package io.eventagents.audit.web;

import io.eventagents.audit.answer.AnswerRoom;
import io.eventagents.audit.chain.ChainStories;
import io.eventagents.audit.index.ChainOutlines;
import io.eventagents.audit.index.RecordQueries;
import io.eventagents.audit.index.Reindexing;
import io.eventagents.audit.index.Search;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The controllers. */
@Configuration(proxyBeanMethods = false)
public class AuditWebConfiguration {

  @Bean
  ChainController auditChainController(
      Chains auditChains, ChainOutlines auditChainOutlines, ChainStories auditChainStories) {
    return new ChainController(auditChains, auditChainOutlines, auditChainStories);
  }

  @Bean
  EventController auditEventController(RecordQueries auditQueries, AnswerRoom auditAnswerRoom) {
    return new EventController(auditQueries, auditAnswerRoom);
  }

  @Bean
  WebMvcConfigurer auditKnownParameters() {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry
            .addInterceptor(new KnownParameters())
            .addPathPatterns(
                "/audit/chains/**", "/audit/events/**", "/audit/ancestors", "/audit/search");
      }
    };
  }

  @Bean
  FilterRegistrationBean<BrokenAnswer> auditBrokenAnswer() {
    FilterRegistrationBean<BrokenAnswer> filter = new FilterRegistrationBean<>(new BrokenAnswer());
    filter.addUrlPatterns("/audit/*");
    return filter;
  }

  @Bean
  SearchController auditSearchController(Search auditSearch) {
    return new SearchController(auditSearch);
  }

  @Bean
  ReindexController auditReindexController(Reindexing auditReindexing) {
    return new ReindexController(auditReindexing);
  }
}
