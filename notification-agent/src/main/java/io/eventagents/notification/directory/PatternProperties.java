package io.eventagents.notification.directory;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where owners' mail addresses follow from their ids.
 *
 * @param recipientPattern makes an owner's address
 */
@ConfigurationProperties("notification.email")
record PatternProperties(@DefaultValue("{owner_id}@company.com") String recipientPattern) {}
