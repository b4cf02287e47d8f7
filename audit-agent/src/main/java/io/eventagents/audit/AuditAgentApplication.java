package io.eventagents.audit;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The audit agent as a program of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class AuditAgentApplication {

  /** Starts it. */
  public static void main(String[] args) {
    SpringApplication.run(AuditAgentApplication.class, args);
  }
}
