/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-resources.h"

#include "practice-bundle.h"

/* The bundle holds megabytes of pictures; as C source it would take the compiler a minute. */
__asm__ (".section .rodata\n"
         ".balign 16\n"
         "trestle_practice_bundle_start:\n"
         ".incbin \"" TRESTLE_PRACTICE_BUNDLE "\"\n"
         "trestle_practice_bundle_end:\n"
         ".byte 0\n"
         ".previous\n");

extern const char trestle_practice_bundle_start[] __asm__ ("trestle_practice_bundle_start");
extern const char trestle_practice_bundle_end[] __asm__ ("trestle_practice_bundle_end");

GBytes *
trestle_practice_resources_lookup (const char *path, GError **error)
{
  static GResource *resource;
  g_autofree char *full = g_strconcat ("/dev/trestle/practice/", path, NULL);

  if (resource == NULL)
    {
      g_autoptr (GBytes) bundle = g_bytes_new_static (
          trestle_practice_bundle_start,
          (gsize) (trestle_practice_bundle_end - trestle_practice_bundle_start));

      resource = g_resource_new_from_data (bundle, error);
      if (resource == NULL)
        return NULL;
    }
  return g_resource_lookup_data (resource, full, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}

JsonNode *
trestle_practice_resources_load_json (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = trestle_practice_resources_lookup (path, error);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize size;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (text == NULL || !json_parser_load_from_data (parser, text, (gssize) size, error))
    return NULL;
  return json_parser_steal_root (parser);
}
