package io.eventagents.notification.template;

import io.eventagents.InvalidSetting;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Finds the built-in templates, and those of a folder. */
final class TemplateFiles {

  static final String BUILT_IN = "notification-templates/";

  private static final String SUFFIX = ".mustache";
  private static final int DEPTH = 2;

  private TemplateFiles() {}

  /** The built-in templates. */
  static List<TemplateFile> builtIn() {
    List<TemplateFile> files = new ArrayList<>();
    try {
      for (Resource resource :
          new PathMatchingResourcePatternResolver(TemplateFiles.class.getClassLoader())
              .getResources("classpath*:" + BUILT_IN + "*/*" + SUFFIX)) {
        String url = resource.getURL().toString();
        String path = url.substring(url.lastIndexOf(BUILT_IN) + BUILT_IN.length());
        files.add(
            file(
                path,
                "classpath:" + BUILT_IN + path,
                resource.getContentAsString(StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      throw new IllegalStateException("The templates on the class path cannot be read", e);
    }
    return files;
  }

  /**
   * The templates of a folder. Names that begin with a dot are skipped, as Kubernetes keeps the
   * versions of a mounted ConfigMap there.
   *
   * @throws InvalidSetting if it is not a folder, or has a file that is not a template
   */
  static List<TemplateFile> of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidSetting(
          "notification.templates.location is not a folder: '%s'".formatted(folder),
          "Create it, or correct or remove the setting.");
    }
    List<TemplateFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(folder, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        String below = folder.relativize(path).toString().replace('\\', '/');
        if (!("/" + below).contains("/.")) {
          files.add(file(below, path.toString(), Files.readString(path)));
        }
      }
    } catch (CharacterCodingException e) {
      throw new InvalidSetting(
          "A template in '%s' is not in UTF-8".formatted(folder), "Save it in UTF-8.");
    } catch (IOException e) {
      throw new InvalidSetting(
          "The templates in '%s' cannot be read: %s".formatted(folder, e.getMessage()),
          "Let the application's user read the folder and its files.");
    }
    return files;
  }

  private static TemplateFile file(String path, String place, String text) {
    TemplateName name =
        TemplateName.parse(path)
            .orElseThrow(
                () ->
                    new InvalidSetting(
                        "'%s' is not named like a template".formatted(place),
                        "Name it <event type>/<channel>.<subject, text, html or card>[.<language>].mustache,"
                            + " such as task.created/email.subject.de-AT.mustache."));
    return new TemplateFile(name, place, text);
  }
}
