package io.eventagents.notification.template;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The wording of messages. */
@AutoConfiguration
@EnableConfigurationProperties(TemplateProperties.class)
public final class TemplatesAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Templates notificationTemplates(TemplateProperties properties) {
    Path folder = properties.location();
    return new MustacheTemplates(
        TemplateFiles.builtIn(),
        // An empty setting comes from a manifest whose variable is not set.
        folder == null || folder.toString().isEmpty() ? List.of() : TemplateFiles.of(folder));
  }
}
