package io.eventagents.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The lines of {@code docs/operations.md} that grant the applications' permissions. */
final class DocumentedAcls {

  private static final String COMMAND = "acls --";

  private DocumentedAcls() {}

  static List<AclBinding> read(Path page) {
    try {
      return Files.readString(page)
          .replace("\\\n", " ")
          .lines()
          .filter(line -> line.startsWith(COMMAND))
          .flatMap(line -> bindings(line).stream())
          .distinct()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<AclBinding> bindings(String line) {
    List<String> principals = new ArrayList<>();
    List<AclOperation> operations = new ArrayList<>();
    List<ResourcePattern> resources = new ArrayList<>();
    String[] words = line.substring("acls ".length()).strip().split("\\s+");
    for (int i = 0; i < words.length; i += 2) {
      String value = words[i + 1].replace("'", "");
      switch (words[i]) {
        case "--allow-principal" -> principals.add(value);
        case "--operation" -> operations.add(operation(value));
        case "--topic" ->
            resources.add(new ResourcePattern(ResourceType.TOPIC, value, PatternType.LITERAL));
        case "--group" ->
            resources.add(new ResourcePattern(ResourceType.GROUP, value, PatternType.LITERAL));
        default -> throw new IllegalArgumentException(words[i] + " in: " + line);
      }
    }
    List<AclBinding> bindings = new ArrayList<>();
    for (String principal : principals) {
      for (AclOperation operation : operations) {
        for (ResourcePattern resource : resources) {
          bindings.add(
              new AclBinding(
                  resource,
                  new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
        }
      }
    }
    return bindings;
  }

  private static AclOperation operation(String word) {
    return word.equals("DescribeConfigs")
        ? AclOperation.DESCRIBE_CONFIGS
        : AclOperation.fromString(word);
  }
}
