/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TrestleAwsIni:
 *
 * One of AWS's two files, read by the rules its tools share: `=` or `:` parts key and value, keys
 * know no case, `#` and `;` begin a comment line, an indented line goes on with the value before it,
 * and under an empty value it is a block of its own ("s3 =" and what follows). What appears twice
 * counts as written last, with a warning. Values are secrets: no message ever quotes a line.
 */
typedef struct _TrestleAwsIni TrestleAwsIni;

/**
 * TrestleAwsIniKind:
 * @TRESTLE_AWS_INI_CONFIG: sections are "default", "profile NAME", "sso-session NAME", "services
 *   NAME", with names quoted or not; others are passed over
 * @TRESTLE_AWS_INI_CREDENTIALS: each section's name is a profile's
 */
typedef enum
{
  TRESTLE_AWS_INI_CONFIG,
  TRESTLE_AWS_INI_CREDENTIALS,
} TrestleAwsIniKind;

/**
 * trestle_aws_ini_load:
 *
 * Returns: (transfer full) (nullable): the file at @path; empty where there is none.
 *   %TRESTLE_AWS_ERROR_CONFIG names file and line
 */
TrestleAwsIni *trestle_aws_ini_load (const char *path, TrestleAwsIniKind kind, GError **error);

/** trestle_aws_ini_parse: the same from @text; @path is for messages only */
TrestleAwsIni *
trestle_aws_ini_parse (const char *text, const char *path, TrestleAwsIniKind kind, GError **error);
void trestle_aws_ini_free (TrestleAwsIni *self);

const char *trestle_aws_ini_get_path (TrestleAwsIni *self);

/**
 * trestle_aws_ini_has:
 * @type: (nullable): "profile", "services", "sso-session"; of a credentials file only "profile"
 */
gboolean trestle_aws_ini_has (TrestleAwsIni *self, const char *type, const char *name);

/**
 * trestle_aws_ini_get:
 * @block: (nullable): the block inside the section, "s3"
 *
 * Returns: (transfer none) (nullable): the value; an empty one is ""
 */
const char *trestle_aws_ini_get (TrestleAwsIni *self,
                                 const char *type,
                                 const char *name,
                                 const char *block,
                                 const char *key);

/** trestle_aws_ini_list: Returns: (transfer full): names of the sections of @type, in the file's order */
char **trestle_aws_ini_list (TrestleAwsIni *self, const char *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleAwsIni, trestle_aws_ini_free)

G_END_DECLS
